// The tables of a .plimsoll file, format version 1. Units are in the columns' names; layout and order are kept.
#pragma once
#include <array>
#include <string_view>

namespace plimsoll::store {

struct Table {
    std::string_view name, columns;
};

inline constexpr std::array kTables = {
    Table{"project", "name TEXT NOT NULL, note TEXT NOT NULL"},
    Table{"classes", "position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, from_id TEXT NOT NULL,"
                     " rate_per_s REAL, scv REAL, batch REAL," // open
                     " users INTEGER, think_s REAL, think_low_s REAL, think_high_s REAL, think_provenance TEXT,"
                     " think_source TEXT, think_date TEXT, think_scv REAL"}, // closed
    Table{"targets", "position INTEGER PRIMARY KEY, class_id TEXT, metric TEXT NOT NULL, at_most INTEGER NOT NULL,"
                     " bound REAL NOT NULL"},
    Table{"scenarios", "position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, derived_from TEXT"},
    Table{"components", "scenario_id TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,"
                        " name TEXT NOT NULL, x REAL NOT NULL, y REAL NOT NULL, width REAL, height REAL, area_id TEXT,"
                        " PRIMARY KEY (scenario_id, id)"},
    // One of number, word, switch is there; a list of words has its words in parameter_words.
    Table{"parameters", "scenario_id TEXT NOT NULL, component_id TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,"
                        " number REAL, low REAL, high REAL, word TEXT, switch INTEGER, provenance TEXT, source TEXT,"
                        " date TEXT, PRIMARY KEY (scenario_id, component_id, key)"},
    Table{"parameter_words", "scenario_id TEXT NOT NULL, component_id TEXT NOT NULL, key TEXT NOT NULL,"
                             " position INTEGER NOT NULL, word TEXT NOT NULL,"
                             " PRIMARY KEY (scenario_id, component_id, key, position)"},
    Table{"parameter_classes", "scenario_id TEXT NOT NULL, component_id TEXT NOT NULL, key TEXT NOT NULL,"
                               " class_id TEXT NOT NULL, number REAL NOT NULL,"
                               " PRIMARY KEY (scenario_id, component_id, key, class_id)"},
    Table{"links", "scenario_id TEXT NOT NULL, position INTEGER NOT NULL, from_id TEXT NOT NULL, to_id TEXT NOT NULL,"
                   " calls REAL NOT NULL, writes REAL NOT NULL, miss_of TEXT, share REAL, stage INTEGER,"
                   " mode TEXT NOT NULL, timeout_s REAL, cancel INTEGER NOT NULL, request_bytes REAL NOT NULL,"
                   " response_bytes REAL NOT NULL, protocol TEXT NOT NULL, PRIMARY KEY (scenario_id, from_id, to_id)"},
    Table{"link_classes", "scenario_id TEXT NOT NULL, from_id TEXT NOT NULL, to_id TEXT NOT NULL, field TEXT NOT NULL,"
                          " class_id TEXT NOT NULL, number REAL NOT NULL,"
                          " PRIMARY KEY (scenario_id, from_id, to_id, field, class_id)"},
    Table{"retries", "scenario_id TEXT NOT NULL, from_id TEXT NOT NULL, to_id TEXT NOT NULL,"
                     " max_attempts INTEGER NOT NULL, backoff_s REAL NOT NULL, backoff_factor REAL NOT NULL,"
                     " backoff_cap_s REAL NOT NULL, full_jitter INTEGER NOT NULL, budget REAL,"
                     " PRIMARY KEY (scenario_id, from_id, to_id)"},
    Table{"retry_causes", "scenario_id TEXT NOT NULL, from_id TEXT NOT NULL, to_id TEXT NOT NULL,"
                          " position INTEGER NOT NULL, cause TEXT NOT NULL,"
                          " PRIMARY KEY (scenario_id, from_id, to_id, position)"},
};

} // namespace plimsoll::store
