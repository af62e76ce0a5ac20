"""Scores of tables against gold, by field, layout and document: the definition of gold/score.py, written anew."""

from gangwei.evaluate.differences import differences
from gangwei.evaluate.gold import read_gold, read_split
from gangwei.evaluate.rules import rule_uses
from gangwei.evaluate.scores import Evaluation, evaluate
from gangwei.evaluate.tables import read_tables

__all__ = ["Evaluation", "differences", "evaluate", "read_gold", "read_split", "read_tables", "rule_uses"]
