// Bindings of the declared parameters of one or several components of a type.
#pragma once
#include "gui/document/document.h"
#include "gui/document/view_state.h"
#include "gui/inspector/bindings.h"

namespace plimsoll::gui {

/// The components that a row is about, by id, in the scenario shown.
struct Subjects {
    Document& document;
    ViewState& view;
    std::vector<document::Id> ids;

    /// Those that are still there.
    std::vector<const document::Component*> components() const;
    /// "App", or "3 components".
    QString name() const;
};

/// The value for all request types, or for `classId` alone (none: as for all).
NumberBinding numberBinding(const Subjects& subjects, const components::Parameter& parameter,
                            const document::Id& classId = {});
/// A word of a choice; of a switch "true" or "false".
WordBinding wordBinding(const Subjects& subjects, const components::Parameter& parameter);
/// Whether a request type has a value of its own in one of them.
bool differsByClass(const Subjects& subjects, const components::Parameter& parameter);

} // namespace plimsoll::gui
