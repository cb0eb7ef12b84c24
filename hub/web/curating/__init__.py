"""The pages of those who prepare, review, programme and run a showcase."""
