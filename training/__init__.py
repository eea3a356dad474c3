"""Instructors: fine-tune a model on samples. One recipe per file; torch is imported only when a recipe runs."""

from training.artifacts import CurvePoint, SftResult, read_result
from training.options import SftOptions
from training.sft import train

__all__ = ["CurvePoint", "SftOptions", "SftResult", "read_result", "train"]
