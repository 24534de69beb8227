#pragma once
#include "gui/widgets/note_box.h"
#include "gui/widgets/section.h"

namespace plimsoll::gui {

/// What the component costs a month. There is no price catalogue yet, and the section says so: unknown is not zero.
class CostSection : public Section {
    Q_OBJECT
public:
    explicit CostSection(QWidget* parent = nullptr) : Section(tr("Cost a month"), parent) {
        setNote(QString(QChar(0x2013)));
        auto* box = new NoteBox(NoteBox::Tone::Quiet, this);
        box->setTexts(tr("Not computed yet"), tr("This version has no price catalogue. An unknown cost is not zero."));
        auto* frame = new QVBoxLayout;
        frame->setContentsMargins(16, 2, 16, 2);
        frame->addWidget(box);
        body()->addLayout(frame);
    }
};

} // namespace plimsoll::gui
