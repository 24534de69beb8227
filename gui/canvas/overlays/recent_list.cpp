#include "gui/canvas/overlays/recent_list.h"

#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"

#include <QAbstractButton>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QPainter>

namespace plimsoll::gui {
namespace {

constexpr int kRow = 28, kMostFiles = 5;
constexpr double kIcon = 16, kWhenWidth = 110, kFigureWidth = 130;
constexpr int kFullWidth = 420; // narrower rows leave the date out

class RecentRow : public QAbstractButton {
public:
    RecentRow(RecentFile file, QWidget* parent) : QAbstractButton(parent), m_file(std::move(file)) {
        setText(QFileInfo(m_file.path).fileName());
        setAccessibleName(QStringList{text(), m_file.when, m_file.figure}.join(QStringLiteral(", ")));
        setToolTip(m_file.path);
        setFixedHeight(kRow);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = themeFor(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool meant = underMouse() || hasFocus();
        drawUiIcon(painter, QStringLiteral("plimsoll"), QRectF(0, (kRow - kIcon) / 2.0, kIcon, kIcon), theme.muted);
        const double baseline = kRow / 2.0 + 4.5;
        double right = width();
        painter.setFont(uiFont(12));
        const auto column = [&](const QString& text, double columnWidth, const QColor& colour) {
            painter.setPen(colour);
            painter.drawText(QPointF(right - columnWidth, baseline),
                             QFontMetricsF(painter.font()).elidedText(text, Qt::ElideRight, columnWidth));
            right -= columnWidth + 12;
        };
        if (!m_file.figure.isEmpty()) column(m_file.figure, kFigureWidth, m_file.trouble ? theme.error : theme.muted);
        if (!m_file.when.isEmpty() && width() >= kFullWidth) column(m_file.when, kWhenWidth, theme.muted);
        painter.setFont(uiFont(13));
        painter.setPen(meant ? theme.accent : theme.text);
        painter.drawText(QPointF(24, baseline),
                         QFontMetricsF(painter.font()).elidedText(text(), Qt::ElideMiddle, right - 24));
    }

private:
    RecentFile m_file;
};

} // namespace

RecentList::RecentList(QWidget* parent) : QWidget(parent), m_rows(new QVBoxLayout(this)) {
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
}

void RecentList::setFiles(const QList<RecentFile>& files) {
    while (auto* item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto& file : files.first(std::min<qsizetype>(files.size(), kMostFiles))) {
        auto* row = new RecentRow(file, this);
        connect(row, &QAbstractButton::clicked, this, [this, path = file.path] { emit chosen(path); });
        m_rows->addWidget(row);
    }
}

} // namespace plimsoll::gui
