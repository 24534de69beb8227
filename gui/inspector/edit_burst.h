#pragma once
#include "gui/document/document.h"

#include <optional>

namespace plimsoll::gui {

/// One undo step made of many edits: a slider from press to release, a field from its first change to commit.
class EditBurst {
public:
    /// `key` names what is edited; two bursts on it are still two steps.
    EditBurst(Document& document, QString key) : m_document(document), m_key(std::move(key)) {}

    void begin();
    /// Puts an edited project in place as part of the burst. The refusal, if it is one.
    std::optional<document::Error> write(const QString& text, std::expected<document::Project, document::Error> result);
    /// Back to the project as it was at begin(): the step drops out of the undo history.
    void restore(const QString& text);
    void end();

private:
    Document& m_document;
    QString m_key;
    std::optional<document::Project> m_before;
};

} // namespace plimsoll::gui
