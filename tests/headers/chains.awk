# SPDX-License-Identifier: GPL-2.0-or-later
# Writes OUTPUT/HEADER.cpp for each HEADER: awk -v output=OUTPUT -v folders="FOLDER ..." -f chains.awk HEADER...
#
# A header that another one includes is seen alone, too, by a file that includes it before that other one: what it lacks
# is missing there, and the other one finds nothing that it does not include itself. So headers are compiled in chains,
# each after one that it includes, directly or not. The file of a chain's last header has the chain; the files of the
# others are empty. Fewest chains are a greatest matching of headers with what they include, and what includes most is
# matched first: it takes longest.

FNR == 1 { names[++count] = FILENAME }
/^#include "/ { split($0, part, "\""); included[FILENAME] = included[FILENAME] part[2] " " }

END {
    for (i = 1; i <= count; ++i) known[names[i]] = 1
    for (i = 1; i <= count; ++i) reach(names[i], names[i])
    sort_by_reach()
    for (i = 1; i <= count; ++i) { split("", tried); match_above(names[i]) }
    for (i = 1; i <= count; ++i) write_file(output "/" names[i] ".cpp", names[i] in above ? "" : chain(names[i]))
}

# resolve: the header that one is, or nothing where it is none of those given.
function resolve(name, from,    places, n, i) {
    if (name in known) return name
    sub("[^/]*$", "", from)
    n = split(folders, places, " ")
    if (from name in known) return from name
    for (i = 1; i <= n; ++i) if (places[i] "/" name in known) return places[i] "/" name
    return ""
}

# reach: what a header includes, directly or not.
function reach(header, through,    list, n, i, next_one) {
    n = split(included[through], list, " ")
    for (i = 1; i <= n; ++i) {
        next_one = resolve(list[i], through)
        if (next_one == "" || next_one == header || (header, next_one) in reaches) continue
        reaches[header, next_one] = 1
        ++reached[header]
        reach(header, next_one)
    }
}

function sort_by_reach(    i, j, name) {
    for (i = 2; i <= count; ++i) {
        name = names[i]
        for (j = i; j > 1 && reached[names[j - 1]] < reached[name]; --j) names[j] = names[j - 1]
        names[j] = name
    }
}

# match_above: finds a header that the chain goes on with, if need be by another one for who had it.
function match_above(header,    i, other) {
    for (i = 1; i <= count; ++i) {
        other = names[i]
        if (!((other, header) in reaches) || other in tried) continue
        tried[other] = 1
        if (!(other in below) || match_above(below[other])) {
            below[other] = header
            above[header] = other
            return 1
        }
    }
    return 0
}

function chain(header) {
    return (header in below ? chain(below[header]) : "") "#include \"" header "\"\n"
}

# Files that need not change stay as old as they are, and what was compiled of them holds.
function write_file(path, text,    line, old, exists) {
    while ((getline line <path) > 0) { old = old line "\n"; exists = 1 }
    close(path)
    text = "// By tests/headers/chains.awk.\n" text
    if (exists && old == text) return
    printf "%s", text >path
    close(path)
}
