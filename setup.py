"""The one part of the build that pyproject.toml cannot say yet: the optional native kernel."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "forecast.models.sarima._kernel",
            sources=["forecast/models/sarima/_kernel.c"],
            extra_compile_args=[
                "-O3",
                "-std=c11",
                "-ffp-contract=fast",
                "-fno-math-errno",
                "-Wall",
                "-Wextra",
            ],
            optional=True,  # without a compiler the package installs and takes the slower exact path
        )
    ]
)
