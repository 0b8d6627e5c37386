"""The one part of the build that pyproject.toml cannot say yet: the optional native kernel."""

import os

from setuptools import Extension, setup

# Products and sums may fuse; sqrt and log need not set errno. MSVC knows neither option and needs neither.
FLAGS = (
    ["/O2", "/std:c11"] if os.name == "nt" else ["-O3", "-std=c11", "-ffp-contract=fast", "-fno-math-errno"]
)

setup(
    ext_modules=[
        Extension(
            "forecast.models.sarima._kernel",
            sources=["forecast/models/sarima/_kernel.c"],
            extra_compile_args=FLAGS,
            optional=True,  # without a compiler the package installs and takes the slower exact path
        )
    ]
)
