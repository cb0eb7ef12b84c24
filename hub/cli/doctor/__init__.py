"""What is unsafe or broken, as checks: `hub doctor` shows all, `hub serve` refuses to start on the dangerous ones."""
