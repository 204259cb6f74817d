"""信息共享: sharing of enforcement information. The workflow is not built yet; CHANGELOG.md says what is."""
