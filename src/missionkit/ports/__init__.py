"""What the outside has to offer: Protocols, and the frozen values they exchange."""
