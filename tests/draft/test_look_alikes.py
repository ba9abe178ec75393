"""Columns of national dictionaries that look like a variable and are another thing: nothing is proposed for them."""

from __future__ import annotations

import pytest

from harmonize.draft.propose import proposals
from harmonize.draft.sources import Told
from harmonize.readers.ddi import CodebookVariable

COLUMNS = {
    "Chile, heating": (
        "14. ¿Cuál es la principal fuente de energía o combustible que utilizan para calefaccionar?",
        "Gas|Parafina o petróleo|Leña|Electricidad|Otra",
    ),
    "Chile, occupied dwelling": ("3a. Estado de ocupación de la vivienda", "Ocupada|Desocupada"),
    "Chile, walls": (
        "4a. ¿Cuál es el material de construcción en las paredes exteriores?",
        "Hormigón armado|Albañilería: bloque de cemento, ladrillo o piedra|Adobe, barro, pirca",
    ),
    "Chile, place of work": (
        "44. ¿En qué comuna o país se ubica su trabajo?",
        "En su comuna, fuera de la vivienda donde reside|En otra comuna|En otro país",
    ),
    "Chile, residence of the mother": (
        "25. Cuándo nació, ¿en qué comuna o país vivía su madre?",
        "En esta comuna|En otra comuna|En otro país",
    ),
    "Chile, internet of one kind": ("15. Este hogar, ¿dispone de internet fija?", "Sí|No"),
    "Chile, dependants": ("Dependencia económica", "Económicamente independiente|Económicamente dependiente"),
    "Brazil, sex of the last child": ("QUAL É O SEXO DO ÚLTIMO FILHO TIDO NASCIDO VIVO", "Masculino|Feminino"),
    "Brazil, sex of the head": ("SEXO DO MORADOR RESPONSAVEL PELO DOMICILIO", "Masculino|Feminino"),
    "Brazil, age of the last child": (
        "IDADE CALCULADA DO ULTIMO FILHO NASCIDO VIVO DA PESSOA, CATEGORIA",
        "0 a 4 anos|5 a 9 anos|10 a 14 anos",
    ),
    "Brazil, how age was told": ("FORMA DE DECLARACAO DE IDADE", "Data de nascimento|Idade declarada"),
    "Brazil, place of school": (
        "MUNICÍPIO E UNIDADE DA FEDERAÇÃO OU PAÍS ESTRANGEIRO QUE FREQUENTAVA ESCOLA (OU CRECHE)",
        "Neste município|Em outro município|Em país estrangeiro",
    ),
    "Brazil, electric meter": (
        "EXISTÊNCIA DE MEDIDOR OU RELÓGIO, ENERGIA ELÉTRICA, COMPANHIA DISTRIBUIDORA",
        "Sim, de uso exclusivo|Não tem medidor ou relógio",
    ),
    "Brazil, computer with internet": ("MICROCOMPUTADOR COM ACESSO À INTERNET, EXISTÊNCIA", "Sim|Não"),
    "Brazil, born in this municipality": ("NASCEU NESTE MUNICÍPIO", "Sim e sempre morou|Não"),
    "Canada, another citizenship": (
        "Citizenship: Other country of citizenship",
        "United States|China, People's Republic of|Philippines|India",
    ),
    "Canada, birthplace of a parent": ("Place of birth of parent 1", "Born in Canada|Born outside Canada"),
    "Canada, age at immigration": ("Immigration: Age at Immigration", "0 to 4 years|5 to 9 years|10 to 14 years"),
    "Canada, diploma": ("Education: Secondary (high) school diploma or equivalency certificate", "No|Yes"),
    "Canada, place of work": ("POW: Place of work province", "Ontario|Quebec|British Columbia"),
    "Panama, shared toilet": ("12. USO DEL SANITARIO", "Exclusivo de la vivienda|Compartido con otras viviendas"),
    "Panama, attended once": ("14. ¿ALGUNA VEZ ASISTIÓ A UN CENTRO EDUCATIVO?", "Sí, alguna vez|Nunca ha asistido"),
    "Panama, roof": ("5. MATERIAL DEL TECHO", "Metal (zinc, aluminio, entre otros)|Teja|Madera"),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_that_looks_like_a_variable_and_is_none_is_left_alone(name):
    label, codes = COLUMNS[name]
    column = CodebookVariable("C1", label=label, labels=dict(enumerate_codes(codes)))
    countries = {"Chile": ("CHL", 2024), "Brazil": ("BRA", 2010), "Canada": ("CAN", 2021), "Panama": ("PAN", 2023)}
    found = proposals(Told({"C1": column}, ()), *countries[name.split(",")[0]])
    assert [(each.variable, each.sure) for each in found] == []


def enumerate_codes(codes):
    return ((str(number), label) for number, label in enumerate(codes.split("|"), 1))
