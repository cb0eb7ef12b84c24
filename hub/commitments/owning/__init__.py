"""Who answers for a commitment: offers to take it over, answers to them, and the history of owners."""
