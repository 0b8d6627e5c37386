"""What pyproject.toml cannot say yet: the optional native kernel, and the shipped question laid into the package."""

import os
import sysconfig
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_py import build_py

# Products and sums may fuse; sqrt and log need not set errno. MSVC knows neither option and needs neither.
FLAGS = (
    ["/O2", "/std:c11"] if os.name == "nt" else ["-O3", "-std=c11", "-ffp-contract=fast", "-fno-math-errno"]
)
# The stable interface of 3.11: one wheel serves every later Python, but not one built without its lock.
STABLE = not sysconfig.get_config_var("Py_GIL_DISABLED")
DEMO = ("bac_ninh.yaml", "data/vietnam_published_figures.csv")


class BuildWithDemo(build_py):
    """Copy what `forecast demo` answers from its one home, so that no second copy can drift."""

    def run(self):
        """Build the package; an editable install finds the question where it is."""
        super().run()
        if not self.editable_mode:
            for source, copy in self._demo():
                self.mkpath(str(copy.parent))
                self.copy_file(str(source), str(copy))

    def get_outputs(self, include_bytecode=1):
        """List what is built, the question included."""
        return [*super().get_outputs(include_bytecode), *(str(copy) for _, copy in self._demo())]

    def _demo(self):
        return [(Path("configs", name), Path(self.build_lib, "forecast", "demo", name)) for name in DEMO]


setup(
    cmdclass={"build_py": BuildWithDemo},
    options={"bdist_wheel": {"py_limited_api": "cp311"}} if STABLE else {},
    ext_modules=[
        Extension(
            "forecast.models.sarima._kernel",
            sources=["forecast/models/sarima/_kernel.c"],
            extra_compile_args=FLAGS,
            define_macros=[("Py_LIMITED_API", "0x030B0000")] if STABLE else [],
            py_limited_api=STABLE,
            optional=True,  # without a compiler the package installs and takes the slower exact path
        )
    ],
)
