#!/usr/bin/env python3
"""Fails when a file of src/ includes upwards, sideways without a listed edge, in a circle, or breaks a floor's purity.

The floors, edges and rooms are in scripts/layers.txt. `--self-test` plants forbidden includes and sees them found.
"""
import pathlib
import re
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def read_rules(path):
    floor, edges, pure, rooms = {}, set(), [], {}
    for line in path.read_text().splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0] == "floor":
            floor.update({module: int(words[1]) for module in words[2:]})
        elif words[0] == "edge" and words[2] == "->":
            edges.add((words[1], words[3]))
        elif words[0] == "pure":
            pure = words[1:]
        elif words[0] == "rooms":
            rooms[words[1]] = words[2:]
        else:
            sys.exit(f"{path}: cannot read line: {line}")
    return floor, edges, pure, rooms


def find_circle(graph):
    done, path = set(), []

    def visit(module):
        if module in path:
            return path[path.index(module):] + [module]
        if module in done:
            return None
        path.append(module)
        for other in sorted(graph.get(module, ())):
            circle = visit(other)
            if circle:
                return circle
        path.pop()
        done.add(module)
        return None

    for module in sorted(graph):
        circle = visit(module)
        if circle:
            return circle
    return None


def room_problem(rooms, file, name):
    """Why a file of a room may not include another of its module; None when it may."""
    room, other = (file.parts[0] if len(file.parts) > 1 else ""), ("/" in name and name.split("/")[0] or "")
    height = lambda which: len(rooms) if which == "" else rooms.index(which) if which in rooms else None
    if height(room) is None:
        return f"is in a room that scripts/layers.txt does not list: {room}"
    if height(other) is None or height(other) > height(room):
        return f"includes {name} of a higher room"
    return None


def check(source, rules):
    floor, edges, pure, rooms = rules
    problems, graph = [], {}
    for file in sorted(source.rglob("*")):
        if file.suffix not in (".h", ".cpp"):
            continue
        module = file.relative_to(source).parts[0]
        if module not in floor:
            problems.append(f"{file}: the module {module} has no floor in scripts/layers.txt")
            continue
        for kind, name in INCLUDE.findall(file.read_text(errors="replace")):
            if floor[module] <= 2 and any(name.startswith(p) if p.endswith("/") else name == p for p in pure):
                problems.append(f"{file}: floor {floor[module]} is pure and may not include <{name}>")
            other = name.split("/")[0]
            if kind == '"' and other == module and module in rooms:
                inside = pathlib.Path(*file.relative_to(source).parts[1:])
                problem = room_problem(rooms[module], inside, name.split("/", 1)[1])
                if problem:
                    problems.append(f"{file}: {problem}")
            if kind != '"' or "/" not in name or other not in floor or other == module:
                continue
            graph.setdefault(module, set()).add(other)
            if floor[other] > floor[module]:
                problems.append(f"{file}: includes {name}, which lies on a higher floor")
            elif floor[other] == floor[module] and (module, other) not in edges:
                problems.append(f"{file}: includes {name} of its own floor without an edge in scripts/layers.txt")
    circle = find_circle(graph)
    if circle:
        problems.append("circle: " + " -> ".join(circle))
    return problems


def self_test(rules):
    plants = {
        "base/up.h": '#include "app/config.h"\n',
        "html/side.h": '#include "link/url.h"\n',
        "click/impure.cpp": "#include <Poco/Thread.h>\n",
        "disclosure/page/up.h": '#include "disclosure/rules/report.h"\n',
        "disclosure/page/face.h": '#include "disclosure/audit.h"\n',
        "disclosure/attic/page.h": '#include "disclosure/page/outline.h"\n',
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, text in plants.items():
            file = pathlib.Path(folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        found = check(pathlib.Path(folder), rules)
    if len(found) != len(plants):
        sys.exit("check_layers: planted includes were not all found:\n" + "\n".join(found))
    if find_circle({"a": {"b"}, "b": {"a"}}) is None:
        sys.exit("check_layers: a circle was not found")


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    rules = read_rules(root / "scripts" / "layers.txt")
    self_test(rules)
    problems = check(root / "src", rules)
    print("\n".join(problems) or "layers: every include points down")
    sys.exit(1 if problems else 0)


main()
