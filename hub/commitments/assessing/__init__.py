"""Assessments of commitments: by who answers for them, and as the Independent Reporting Mechanism published them."""
