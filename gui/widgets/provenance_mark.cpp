#include "gui/widgets/provenance_mark.h"

#include "gui/theme/icons.h"
#include "gui/theme/theme.h"

#include <QPainter>

namespace plimsoll::gui {

using Kind = document::Provenance::Kind;

ProvenanceMark::ProvenanceMark(QWidget* parent) : QWidget(parent) {
    setFixedSize(sizeHint());
    showProvenance({.kind = Kind::Default, .source = {}, .date = {}});
}

QString ProvenanceMark::iconOf(Kind kind) {
    switch (kind) {
    case Kind::Default: return QStringLiteral("assumed");
    case Kind::Typed: return QStringLiteral("typed");
    case Kind::Preset: return QStringLiteral("preset");
    case Kind::Measured: return QStringLiteral("measured");
    }
    return {};
}

QString ProvenanceMark::wordOf(Kind kind) {
    switch (kind) {
    case Kind::Default: return tr("assumed");
    case Kind::Typed: return tr("typed");
    case Kind::Preset: return tr("preset");
    case Kind::Measured: return tr("measured");
    }
    return {};
}

void ProvenanceMark::showProvenance(const document::Provenance& provenance) {
    m_kind = provenance.kind;
    QString words = wordOf(m_kind);
    if (m_kind == Kind::Default) words = tr("assumed: the default, nobody has set or measured it");
    for (const std::string& part : {provenance.source, provenance.date})
        if (!part.empty()) words += QStringLiteral(", ") + QString::fromStdString(part);
    setToolTip(words);
    setAccessibleName(words);
    update();
}

void ProvenanceMark::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    const QColor colour = m_kind == Kind::Default ? theme.warning : m_kind == Kind::Measured ? theme.good : theme.muted;
    QPainter painter(this);
    drawUiIcon(painter, iconOf(m_kind), QRectF((width() - 16) / 2.0, (height() - 16) / 2.0, 16, 16), colour);
}

} // namespace plimsoll::gui
