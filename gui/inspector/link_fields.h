// The fields of a link, declared once for its page: what each measures, how it is read and written.
#pragma once
#include "gui/widgets/unit_field.h"
#include "models/components/component_type.h"
#include "models/document/project.h"

#include <span>

namespace plimsoll::gui {

struct LinkNumber {
    components::Parameter parameter;
    FieldValue (*read)(const document::Link&, const document::Id& classId); // empty class: the value for all
    void (*write)(document::Link&, const document::Id& classId, const FieldValue& value);
    bool (*shown)(const document::Link&) = nullptr; // none: always
};

struct LinkWord {
    components::Parameter parameter; // a Word or a Switch
    std::string (*read)(const document::Link&);
    void (*write)(document::Link&, const std::string& word);
};

/// In the order of the page; `parameter.group` is the section. Ranges are those of models/components/link_rules.cpp.
std::span<const LinkNumber> linkNumbers();
std::span<const LinkWord> linkWords();

/// The condition as a word: "always", "share", or "miss:" and the cache's id.
std::string whenWord(const document::Link& link);
void setWhen(document::Link& link, const std::string& word);

} // namespace plimsoll::gui
