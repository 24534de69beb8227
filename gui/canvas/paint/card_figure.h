// What a card says, as plain values: worked out once for each new answer, painted by card_painter.
#pragma once
#include "gui/document/view_state.h"
#include "models/assess/assessment.h"
#include "models/document/project.h"

#include <QString>

#include <optional>
#include <vector>

namespace plimsoll::gui {

struct CardFigure {
    enum class Tone { Plain, Warning, Error };
    struct Badge {
        assess::Severity severity = assess::Severity::Hint;
        int count = 0; // 0: no badge
        bool operator==(const Badge&) const = default;
    };
    struct Note {
        Tone tone = Tone::Plain; // Error: a cause; Warning: a symptom that names its cause
        QString text;            // empty: no note
        bool operator==(const Note&) const = default;
    };

    QString typeId, name, subtitle;
    int assumed = 0;          // inputs that nobody has touched
    QString key, keySuffix;   // "191 %", "offered"
    QString second;           // "p99 141 ms"
    QString offered, carried; // "offered 96.0/s", "carried 96.0/s": close up
    Tone secondTone = Tone::Plain;
    bool hasBar = false;
    std::optional<double> bar; // offered work over capacity; beyond 1 it is drawn full and hatched
    std::optional<int> step;   // of the overlay's scale
    int rank = 0;              // 1, 2, 3: order of saturation
    Badge badge;
    Note note;
    bool operator==(const CardFigure&) const = default;
};

/// The name and everything that needs no figures; figures read as absent.
CardFigure cardFigure(const document::Component& component);
/// With the figures of `assessment` (none: absent) under `overlay`; `problems` are those of the document as it is.
CardFigure cardFigure(const document::Project& project, const document::Component& component,
                      const assess::Assessment* assessment, const std::vector<assess::Problem>& problems,
                      Overlay overlay);

/// What an area's header says at its right: "busiest 74 %"; empty without figures.
QString areaSummary(const document::Scenario& scenario, const document::Id& area, const assess::Assessment* assessment);

} // namespace plimsoll::gui
