#include "gui/canvas/overlays/verdict_line.h"

#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "models/text/figure_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QStringList>

namespace plimsoll::gui {
namespace {

constexpr double kLeft = 12, kIcon = 16, kTextGap = 8;

QString say(const char* text) {
    return QCoreApplication::translate("Verdict", text);
}

const assess::ComponentFigures* mostOverloaded(const assess::Assessment& assessment) {
    const assess::ComponentFigures* worst = nullptr;
    for (const auto& figures : assessment.components) {
        const double offered = figures.offeredUtilisation.value_or(0);
        // A symptom names its cause on its card; the line names the cause.
        if (offered > 1 && !figures.becauseOf && (!worst || offered > *worst->offeredUtilisation)) worst = &figures;
    }
    return worst;
}

} // namespace

std::pair<QString, QString> verdictOf(const assess::Assessment& assessment) {
    if (!assessment.solved || assessment.regime != flow::Regime::Overloaded) return {};
    const auto* worst = mostOverloaded(assessment);
    QStringList waiting, failing;
    for (const auto& figures : assessment.classes) {
        if (!(figures.offered.value > 0)) continue;
        const QString name = QString::fromStdString(figures.name);
        if (!figures.latency)
            waiting << name;
        else if (figures.errorShare > 0)
            failing << say("%1 of %2").arg(QString::fromStdString(text::share(figures.errorShare).joined()), name);
    }
    const QString verdict =
        worst ? say("%1 is offered %2 of what it can do.")
                    .arg(QString::fromStdString(worst->name),
                         QString::fromStdString(text::utilisation(worst->offeredUtilisation).joined()))
              : say("More is offered than can be done.");
    QStringList detail;
    if (waiting.size() == 1) detail << say("%1 waits longer and longer.").arg(waiting.front());
    if (waiting.size() > 1) detail << say("%1 wait longer and longer.").arg(waiting.join(say(" and ")));
    if (!failing.isEmpty()) detail << say("%1 fails.").arg(failing.join(QStringLiteral(", ")));
    return {verdict, detail.join(u' ')};
}

VerdictLine::VerdictLine(Figures& figures, ViewState& view, QWidget* parent)
    : QWidget(parent), m_figures(figures), m_view(view), m_back(new QPushButton(tr("Back to ×1"), this)) {
    setObjectName(QStringLiteral("verdictLine"));
    setCursor(Qt::ArrowCursor);
    m_back->setFocusPolicy(Qt::NoFocus);
    connect(m_back, &QPushButton::clicked, this, [this] { m_view.setLoadFactor(1); });
    connect(&figures, &Figures::changed, this, &VerdictLine::refresh);
    connect(&view, &ViewState::loadFactorChanged, this, &VerdictLine::refresh);
    hide();
    refresh();
}

void VerdictLine::refresh() {
    const auto* assessment = m_figures.assessment();
    std::tie(m_verdict, m_detail) = assessment ? verdictOf(*assessment) : std::pair<QString, QString>{};
    setAccessibleName(m_verdict + u' ' + m_detail);
    m_back->setVisible(m_view.loadFactor() != 1);
    setVisible(wanted());
    update();
    emit changed();
}

void VerdictLine::resizeEvent(QResizeEvent*) {
    const QSize size = m_back->sizeHint();
    m_back->setGeometry(width() - size.width() - 12, (kHeight - size.height()) / 2, size.width(), size.height());
}

void VerdictLine::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.errorTint);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.error);
    drawUiIcon(painter, QStringLiteral("warning"), QRectF(kLeft, (kHeight - kIcon) / 2, kIcon, kIcon), theme.error);
    const double baseline = kHeight / 2.0 + 4.5, end = m_back->isVisible() ? m_back->x() - 12.0 : width() - 12.0;
    double left = kLeft + kIcon + kTextGap;
    painter.setFont(uiFont(13, QFont::DemiBold));
    painter.setPen(theme.error);
    const QFontMetricsF strong(painter.font());
    const QString verdict = strong.elidedText(m_verdict, Qt::ElideRight, end - left);
    painter.drawText(QPointF(left, baseline), verdict);
    left += strong.horizontalAdvance(verdict) + 6;
    painter.setFont(uiFont(13));
    painter.setPen(theme.text);
    if (end - left > 40)
        painter.drawText(QPointF(left, baseline),
                         QFontMetricsF(painter.font()).elidedText(m_detail, Qt::ElideRight, end - left));
}

} // namespace plimsoll::gui
