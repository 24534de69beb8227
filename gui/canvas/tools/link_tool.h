#pragma once
#include "gui/canvas/tools/gesture.h"

#include <optional>

namespace plimsoll::gui {

/// Draws a link from a port, or takes an existing one by an end. Released anywhere on a legal card it links; on empty
/// ground a new one asks what to add, an existing one goes (with a way back). Over an illegal card: the reason.
class LinkTool : public Gesture {
public:
    /// Which end stays: From::Source: the pointer holds the arrow's head.
    enum class From { Source, Target };
    LinkTool(Stage& stage, document::Id card, From fixed);
    LinkTool(Stage& stage, LinkKey existing, From fixed);
    ~LinkTool() override;
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void paint(QPainter& painter, const Theme& theme, double d) const override;

private:
    LinkKey wanted(const document::Id& other) const;
    void prepare();
    void connectTo(const document::Id& other);

    document::Id m_fixed;
    From m_from;
    std::optional<LinkKey> m_existing;
    QPointF m_pointer;
    document::Id m_over;
    QString m_reason;
};

/// A line of text on a plate beside a point, 11 dpx.
void paintReason(QPainter& painter, const QString& reason, const QPointF& beside, const Theme& theme, double d);

} // namespace plimsoll::gui
