"""Coefficients of :mod:`kg.conflicts_alike`, written by ``python -m benchmarks.conflicts_fit --write``; do not edit by hand."""

BIAS = -8.4796
THRESHOLD = -1.35
WEIGHTS: dict[str, float] = {
    "z_max": 0.0760,
    "z_min": 0.6121,
    "rare": 6.4883,
    "act": 3.8500,
    "forth": 2.1314,
    "loose_case": 1.2913,
    "duty_excuse": 1.1620,
    "only_leave": 0.9654,
    "ban_leave": 0.1653,
    "alone_joint": 3.5598,
    "waived": 0.9684,
    "overlapping_loose": 3.1316,
    "different_loose": 0.2066,
    "different_strict": 0.0651,
    "retention_early": 1.2553,
    "slot_least": 0.6596,
    "cases_alike": 1.1234,
    "length": -1.2082,
    "duty_leave": -0.2536,
    "apart_strict": -4.0720,
    "same_strict": -0.7000,
    "same_loose": -0.2246,
    "slots": -0.1747,
    "actors": -0.3743,
}
