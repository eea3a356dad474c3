"""Coefficients of :mod:`kg.conflicts_alike`, written by ``python -m benchmarks.conflicts_fit --write``; do not edit by hand."""

BIAS = -10.1924
THRESHOLD = -0.75
WEIGHTS: dict[str, float] = {
    "z_max": 1.0706,
    "z_min": 0.3937,
    "rare": 0.9792,
    "act": 3.5463,
    "forth": 1.0883,
    "loose_case": 1.3427,
    "duty_excuse": 1.0247,
    "only_leave": 0.8603,
    "ban_leave": 0.2406,
    "ban_duty": 0.2977,
    "opposed": 0.3541,
    "alone_joint": 3.0260,
    "waived": 0.9913,
    "overlapping_loose": 2.2778,
    "retention_early": 1.0488,
    "slot_least": 0.4987,
    "cases_alike": 0.4977,
    "same": -1.5499,
    "apart_strict": -5.2161,
    "same_strict": -1.4605,
    "same_loose": -0.3125,
    "actors": -0.4452,
}
