"""Indicators about which a person may not wish to be known: their numerators and complements are protected too.

Topics as methods.md has them (income, health, violence, registration, informality), and those near to them. Housing and
services are not among them: who has electricity is no secret, and where all have it a rule about complements
would suppress that all have it.
"""

from __future__ import annotations

INCOME, HEALTH, VIOLENCE = "income", "health", "violence"
REGISTRATION, INFORMALITY = "registration", "informality"

SENSITIVE: dict[str, str] = {
    "1.1.1": INCOME, "1.2.1": INCOME, "1.3.1": INCOME, "2.1.2": INCOME, "8.5.1": INCOME, "8.10.2": INCOME,
    "10.2.1": INCOME,
    "2.2.1": HEALTH, "3.1.1": HEALTH, "3.1.2": HEALTH, "3.2.1": HEALTH, "3.3.1": HEALTH, "3.7.1": HEALTH,
    "3.7.2": HEALTH, "3.8.1": HEALTH, "5.6.1": HEALTH, "8.8.1": HEALTH,
    "5.2.1": VIOLENCE, "5.2.2": VIOLENCE, "5.3.1": VIOLENCE, "10.3.1": VIOLENCE, "16.1.3": VIOLENCE,
    "16.1.4": VIOLENCE, "16.2.1": VIOLENCE, "16.2.3": VIOLENCE, "16.3.1": VIOLENCE,
    "16.9.1": REGISTRATION,
    "8.3.1": INFORMALITY, "8.7.1": INFORMALITY,
}  # fmt: skip
