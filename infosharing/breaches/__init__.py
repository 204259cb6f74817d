"""信息共享违规: information not shared, leaked, destroyed or misused, recorded for the authority in charge."""
