// Bindings of a request type's workload.
#pragma once
#include "gui/document/document.h"
#include "gui/inspector/bindings.h"

namespace plimsoll::gui {

/// One number of a workload, declared once. Ranges are those of models/components/class_rules.cpp.
struct LoadNumber {
    components::Parameter parameter;
    bool closed; // of users, not of a rate
    double (*read)(const document::RequestClass&);
    void (*write)(document::RequestClass&, double value);
};
std::span<const LoadNumber> loadNumbers();

NumberBinding loadBinding(Document& document, const LoadNumber& number, const document::Id& classId);
bool isClosed(const document::RequestClass& requestClass);
/// The type with a rate or with users instead; what both have is kept.
document::RequestClass withKind(document::RequestClass requestClass, bool closed);
/// A new one: "Request type 2", starting at `from`.
document::RequestClass newClass(const document::Project& project, const document::Id& from);
/// The component where new request types start; empty: there is none.
document::Id firstStart(const document::Project& project);

} // namespace plimsoll::gui
