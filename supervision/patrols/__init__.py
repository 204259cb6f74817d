"""巡查台账: what a patrol found, and what became of it: discovery, assignment, handling, feedback, evaluation."""
