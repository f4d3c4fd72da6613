"""What an organization's mission is made of: values, elements, and their rules."""
