from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("format", ["concise", "sarif", "junit"])
def test_check_without_a_codebook_loads_nothing_that_reads_data_or_makes_estimates(format):
    code = (
        "import sys\n"
        "from harmonize.cli import main\n"
        "try:\n"
        f"    main(['check', 'ipums/cps', '--output-format', {format!r}], standalone_mode=False)\n"
        "except SystemExit:\n"
        "    pass\n"
        "heavy = {'numba', 'scipy', 'pyreadstat', 'polars_readstat', 'xlsxwriter', 'rich'} & set(sys.modules)\n"
        "heavy |= {name for name in sys.modules if name.startswith('harmonize.readers')}\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
