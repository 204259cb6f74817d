"""Pages of information sharing beside those that the kernel gives every workflow."""
