#include "gui/canvas/tools/link_tool.h"

#include "gui/canvas/hit_test.h"
#include "gui/canvas/paint/card_text.h"
#include "gui/canvas/paint/link_painter.h"
#include "gui/canvas/route/link_router.h"

#include <QCoreApplication>
#include <QFontMetricsF>

namespace plimsoll::gui {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("Canvas", text);
}

} // namespace

LinkTool::LinkTool(Stage& stage, document::Id card, From fixed)
    : Gesture(stage), m_fixed(std::move(card)), m_from(fixed) {
    prepare();
}

LinkTool::LinkTool(Stage& stage, LinkKey existing, From fixed)
    : Gesture(stage), m_fixed(fixed == From::Source ? existing.first : existing.second), m_from(fixed),
      m_existing(std::move(existing)) {
    prepare();
}

LinkTool::~LinkTool() {
    m_stage.scene.look().targets.reset();
    m_stage.scene.look().illegal.clear();
    m_stage.scene.update();
}

LinkKey LinkTool::wanted(const document::Id& other) const {
    return m_from == From::Source ? LinkKey{m_fixed, other} : LinkKey{other, m_fixed};
}

void LinkTool::prepare() {
    const auto* drawn = m_stage.scene.scenario();
    auto project = m_stage.project();
    if (m_existing)
        if (auto without = edit::disconnect(project, m_stage.scenario(), m_existing->first, m_existing->second))
            project = std::move(*without);
    auto targets = legalTargets(project, m_stage.scenario(), m_fixed, m_from == From::Target);
    targets.insert(m_fixed); // it does not step back; a link to itself is refused with its reason
    m_stage.scene.look().targets = std::move(targets);
    m_pointer = m_stage.scene.rects().at(m_fixed).center();
    Q_ASSERT(drawn);
}

void LinkTool::move(const Pointer& pointer) {
    m_pointer = pointer.scene;
    m_over = cardAt(m_stage.scene, pointer.scene);
    m_reason.clear();
    auto& look = m_stage.scene.look();
    look.illegal.clear();
    if (!m_over.empty() && m_over != m_fixed) {
        const LinkKey link = wanted(m_over);
        const auto reason = m_existing
                                ? whyNotRelink(m_stage.project(), m_stage.scenario(), *m_existing, link)
                                : edit::whyNotLink(m_stage.project(), m_stage.scenario(), link.first, link.second);
        if (reason) {
            m_reason = QString::fromStdString(*reason);
            look.illegal = m_over;
        }
    }
    m_stage.scene.update();
}

void LinkTool::connectTo(const document::Id& other) {
    const LinkKey link = wanted(other);
    if (m_existing)
        m_stage.apply(say("move link"), relinked(m_stage.project(), m_stage.scenario(), *m_existing, link));
    else
        m_stage.apply(say("link"), linked(m_stage.project(), m_stage.scenario(), link));
}

void LinkTool::release(const Pointer& pointer) {
    move(pointer);
    if (m_over == m_fixed || !m_reason.isEmpty()) return; // back on its own card, or the reason was shown
    if (!m_over.empty()) return connectTo(m_over);
    if (!m_existing) {
        const Wiring wiring = m_from == From::Source ? Wiring{m_fixed, {}} : Wiring{{}, m_fixed};
        return m_stage.askWhatToAdd(wiring, pointer.view.toPoint());
    }
    if (m_stage.apply(say("remove link"), removed(m_stage.project(), m_stage.scenario(), {{}, {*m_existing}})))
        m_stage.sayLost(say("Link removed"));
}

void LinkTool::paint(QPainter& painter, const Theme& theme, double d) const {
    const QRectF card = m_stage.scene.rects().at(m_fixed);
    const bool forward = m_from == From::Source;
    const QPointF port(forward ? card.right() : card.left(), card.top() + kPortY);
    QPointF end = m_pointer;
    if (!m_over.empty() && m_over != m_fixed) {
        const QRectF other = m_stage.scene.rects().at(m_over);
        end = QPointF(forward ? other.left() : other.right(), other.top() + kPortY);
    }
    std::vector<QRectF> cards;
    for (const auto& [id, rect] : m_stage.scene.rects())
        if (m_stage.scene.card(id) && rect.intersects(m_stage.camera.seen())) cards.push_back(rect);
    const auto route = routeLink(forward ? port : end, forward ? end : port, Obstacles(std::move(cards)));
    LinkFigure figure;
    figure.width = 2;
    paintLink(painter, figure, route, theme, {.zoom = 1 / d, .selected = m_reason.isEmpty()});
    if (!m_reason.isEmpty()) paintReason(painter, m_reason, m_pointer, theme, d);
}

void paintReason(QPainter& painter, const QString& reason, const QPointF& beside, const Theme& theme, double d) {
    const QFont font = canvasFont(kSmallestText * d, 1 / d, QFont::DemiBold);
    const double width = QFontMetricsF(font).horizontalAdvance(reason) + 16 * d;
    const QRectF plate(beside + QPointF(14 * d, 14 * d), QSizeF(width, 24 * d));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.error, d));
    painter.setBrush(theme.errorTint);
    painter.drawRoundedRect(plate, 4 * d, 4 * d);
    painter.setPen(theme.error);
    painter.setFont(font);
    painter.drawText(plate, Qt::AlignCenter, reason);
}

} // namespace plimsoll::gui
