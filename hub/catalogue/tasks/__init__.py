"""What waits for coordinators besides revisions: taking a task, giving it back, who may decide it."""
