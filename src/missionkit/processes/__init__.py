"""The processes of an organization: how they are kept, staffed, drawn and served."""
