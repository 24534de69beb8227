// What a row of the inspector reads and writes, as functions: the same rows serve components, links and the project.
#pragma once
#include "gui/widgets/unit_field.h"
#include "models/edit/edit.h"

#include <functional>

namespace plimsoll::gui {

struct NumberReading {
    FieldValue value;
    bool mixed = false; // several components that differ
    QString span;       // "4 to 16", where they do
    std::optional<document::Provenance> provenance;
    bool changed = false; // from the default: accent mark and reset
    QString usual;        // the default as text, for the tooltip
};

struct NumberBinding {
    std::function<NumberReading()> read;
    std::function<edit::Result(const FieldValue&)> edited; // the project with this value
    std::function<edit::Result()> reset;                   // may be missing: no reset button
    QString undoText;                                      // "change CPU time of App"
    QString key;                                           // what is edited, for merging undo steps
};

struct WordReading {
    std::string word;
    bool mixed = false;
    std::optional<document::Provenance> provenance;
    bool changed = false;
    QString usual;
};

struct WordBinding {
    std::function<WordReading()> read;
    std::function<edit::Result(const std::string&)> edited;
    std::function<edit::Result()> reset;
    QString undoText, key;
};

} // namespace plimsoll::gui
