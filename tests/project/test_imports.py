"""Test import rules that import-linter cannot express."""

import sys

import grimp

# The simplified form of each traditional character: a table that nobody should copy.
LIBRARIES = {"opencc"}


def test_the_parser_imports_the_standard_library_itself_and_the_tables_of_opencc_alone():
    graph = grimp.build_graph("minutes", include_external_packages=True)
    parser = {"minutes.parser", *graph.find_descendants("minutes.parser")}
    imported = {found for module in parser for found in graph.find_modules_directly_imported_by(module)}

    assert len(parser) > 1
    outside = {found for found in imported - parser if found.split(".")[0] not in sys.stdlib_module_names}
    assert outside == LIBRARIES
