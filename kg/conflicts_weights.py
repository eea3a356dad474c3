"""Coefficients of :mod:`kg.conflicts_alike`, written by ``python -m benchmarks.conflicts_fit --write``; do not edit by hand."""

BIAS = -8.4467
THRESHOLD = -1.40
WEIGHTS: dict[str, float] = {
    "z_max": 0.1742,
    "z_min": 0.6313,
    "rare": 6.6146,
    "act": 3.8147,
    "forth": 2.0695,
    "loose_case": 1.2423,
    "duty_excuse": 1.3069,
    "only_leave": 0.9624,
    "ban_leave": 0.2463,
    "opposed": 0.0298,
    "alone_joint": 3.3427,
    "waived": 1.0637,
    "overlapping_loose": 2.9772,
    "different_loose": 0.2449,
    "retention_early": 1.4336,
    "slot_least": 0.4877,
    "cases_alike": 1.7476,
    "length": -1.3335,
    "duty_leave": -0.3448,
    "apart_strict": -4.0013,
    "same_strict": -1.7517,
    "same_loose": -0.3427,
    "actors": -0.3156,
    "actors_unlike": -0.2453,
}
