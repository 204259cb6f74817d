"""投诉举报: complaints and first responsibility. The workflow is not built yet; CHANGELOG.md says what is."""
