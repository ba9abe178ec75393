"""Which indicators are thought to be the 24, and why: the one place to correct when the list is at hand.

An expert group (UN Statistics Division, New York, June 2017) chose 24 indicators to be disaggregated by
migratory status first. The list is Annex 1 of its recommendations and its exact text could not be had.
`named`: a source names it a member. `likely`: inferred from the themes (basic services, integration,
violence and discrimination) and the goals that a later guide covers. `candidate`: about even odds.
`extra`: not among the 24 by this reading, carried because censuses measure it or as it may displace a
candidate. S1, S6, S7, S10 and S15 are the sources of the same number in the project's notes on indicators:
S1 the report of the 16th Coordination Meeting on International Migration (ESA/P/WP/255, 2018), S6 Leave No
Migrant Behind (IOM 2021), S7 the pilot study over 125 census samples (IOM 2018), S10 the UN metadata of 8.8.1.
"""

from __future__ import annotations

from dataclasses import dataclass

from harmonize.indicators.model import Standing


@dataclass(frozen=True)
class Membership:
    """How sure the membership is, and on what evidence."""

    standing: Standing
    evidence: str


MEMBERSHIP: dict[str, Membership] = {
    "1.1.1": Membership("likely", "Goal 1 is covered by S6; income is in target 17.18"),
    "1.3.1": Membership("likely", "Goal 1 is covered by S6; theme of integration"),
    "1.4.1": Membership("candidate", "theme of access to basic services (S1)"),
    "2.2.1": Membership("candidate", "Goal 2 is covered by S6; could be 2.1.x instead"),
    "3.1.1": Membership("named", "S1 names it, and proposes 3.2.1 in its place"),
    "3.1.2": Membership("candidate", "Goal 3; access to services"),
    "3.7.2": Membership("candidate", "Goal 3; 3.3.1 is an alternative"),
    "3.8.1": Membership("likely", "Goal 3 is covered by S6; access to services"),
    "4.1.1": Membership("likely", "Goal 4 is covered by S6"),
    "4.3.1": Membership("candidate", "Goal 4 is covered by S6"),
    "4.6.1": Membership("candidate", "Goal 4 is covered by S6"),
    "5.2.1": Membership("likely", "theme of exposure to violence"),
    "5.3.1": Membership("candidate", "Goal 5 is covered by S6"),
    "8.3.1": Membership("likely", "Goal 8 is covered by S6"),
    "8.5.1": Membership("likely", "Goal 8 is covered by S6"),
    "8.5.2": Membership("likely", "Goal 8; theme of integration; in the pilot study (S7)"),
    "8.6.1": Membership("likely", "Goal 8; theme of integration; the main case of S1 and S7 (weak evidence)"),
    "8.7.1": Membership("likely", "Goal 8 is covered by S6"),
    "8.8.1": Membership("likely", "migrant status is in its official title (S10), but S1 calls it direct"),
    "10.2.1": Membership("candidate", "Goal 10 is covered by S6"),
    "10.3.1": Membership("likely", "theme of discrimination; the same as 16.b.1"),
    "11.1.1": Membership("likely", "Goal 11 is covered by S6, and this is the natural one"),
    "16.1.3": Membership("candidate", "theme of exposure to violence; 16.2.1 and 16.2.3 are alternatives"),
    "16.9.1": Membership("likely", "Goal 16 is covered by S6"),
    "1.2.1": Membership("extra", "an alternate that may displace a candidate (indicators.md 1.1)"),
    "2.1.2": Membership("extra", "an alternate of 2.2.1 for Goal 2 (indicators.md 1.1)"),
    "3.3.1": Membership("extra", "an alternate of 3.7.2 for Goal 3 (indicators.md 1.1)"),
    "3.7.1": Membership("extra", "an alternate that may displace a candidate (indicators.md 1.1)"),
    "3.c.1": Membership("extra", "not among the alternates; a census tells who the health workers are"),
    "4.1.2": Membership("extra", "what a census has in place of 4.1.1 (indicators.md 2)"),
    "5.2.2": Membership("extra", "not among the alternates; the theme of violence, and asked beside 5.2.1"),
    "5.6.1": Membership("extra", "an alternate that may displace a candidate (indicators.md 1.1)"),
    "5.b.1": Membership("extra", "some censuses ask for mobile phones"),
    "8.10.2": Membership("extra", "an alternate that may displace a candidate (indicators.md 1.1)"),
    "16.1.4": Membership("extra", "an alternate (indicators.md 1.1); its metadata recommends migration background"),
    "16.2.1": Membership("extra", "an alternate of 16.1.3, theme of violence (indicators.md 1.1)"),
    "16.2.3": Membership("extra", "an alternate of 16.1.3, theme of violence (indicators.md 1.1)"),
    "16.3.1": Membership("extra", "an alternate (indicators.md 1.1); its metadata recommends migration background"),
    "3.2.1": Membership("extra", "S1 proposes it in place of 3.1.1"),
    "4.5.1": Membership("extra", "in the pilot study (S7)"),
    "6.1.1": Membership("extra", "censuses measure the ladder up to basic"),
    "6.2.1": Membership("extra", "censuses measure the ladder up to basic"),
    "7.1.1": Membership("extra", "in the pilot study (S7)"),
    "9.2.2": Membership("extra", "in the pilot study (S7)"),
    "17.8.1": Membership("extra", "censuses ask for internet access or use"),
}
