"""Answers become a profile, facts become an argued advice, and a person decides."""

import igm

# Answers: what was not asked stays unknown, and is said.
antwoorden = {"houding_1": 5, "houding_2": 4, "context_1": 2, "context_2": 1, "kennis_1": 4, "kennis_2": 3}
profiel = igm.score(antwoorden, igm.vragenlijst("client-participatie"))
print(profiel.knelpunten(most=1), end="\n\n")

# Facts: yes, no, and not known yet.
kader = igm.kader("leiden-2021")
ja = dict.fromkeys(["motivatie", "motivatie_realistisch", "woonsituatie"], True)
nee = dict.fromkeys(["schulden", "taal", "verstandelijk", "lichamelijk", "psychisch", "terugval"], False)
casus = kader.casus(ja | nee, aanpassing_te_veel=False, woonsituatie_trend="stabiel", verslaving=None)
afweging = kader.evaluate(casus)
print(afweging.explain(voor="client"), end="\n\n")

# A decision: who, what, and why in own words.
motivering = "Wonen staat centraal; wij bespreken samen wat er nu nodig is."
besluit = afweging.besluit(door="km-12", keuze="driegesprek", motivering=motivering)
print(f"{besluit.door}: {besluit.keuze.label} (advies: {afweging.advies.label})")
