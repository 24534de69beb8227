#include "gui/theme/icons.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QSvgRenderer>

#include <memory>

namespace plimsoll::gui {
namespace {

/// The renderer of a file in a colour. Parsing is the dear part, so each pair is parsed once; only the window's thread
/// draws.
QSvgRenderer& rendererOf(const QString& path, const QColor& colour) {
    static QHash<QString, std::shared_ptr<QSvgRenderer>> parsed;
    auto& renderer = parsed[path + colour.name()];
    if (!renderer) {
        QFile file(path);
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT_X(opened, "icons", qPrintable(path));
        renderer = std::make_shared<QSvgRenderer>(file.readAll().replace("currentColor", colour.name().toLatin1()));
    }
    return *renderer;
}

class SvgIconEngine : public QIconEngine {
public:
    SvgIconEngine(QString path, QColor colour) : m_path(std::move(path)), m_colour(colour) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        QColor colour = m_colour;
        if (mode == QIcon::Disabled) colour.setAlphaF(0.4F);
        painter->save();
        painter->setOpacity(colour.alphaF());
        rendererOf(m_path, m_colour).render(painter, QRectF(rect));
        painter->restore();
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new SvgIconEngine(m_path, m_colour); }

private:
    QString m_path;
    QColor m_colour;
};

QString componentPath(const QString& typeId) {
    return QStringLiteral(":/icons/components/%1.svg").arg(typeId);
}
QString uiPath(const QString& name) {
    return QStringLiteral(":/icons/ui/%1.svg").arg(name);
}

} // namespace

void drawComponentIcon(QPainter& painter, const QString& typeId, const QRectF& box, const QColor& colour) {
    rendererOf(componentPath(typeId), colour).render(&painter, box);
}

void drawUiIcon(QPainter& painter, const QString& name, const QRectF& box, const QColor& colour) {
    rendererOf(uiPath(name), colour).render(&painter, box);
}

QIcon componentIcon(const QString& typeId, const QColor& colour) {
    return QIcon(new SvgIconEngine(componentPath(typeId), colour));
}

QIcon uiIcon(const QString& name, const QColor& colour) {
    return QIcon(new SvgIconEngine(uiPath(name), colour));
}

} // namespace plimsoll::gui
