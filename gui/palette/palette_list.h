#pragma once
#include <QAbstractScrollArea>
#include <QString>

#include <optional>
#include <vector>

namespace plimsoll::gui {

/// The rows of the palette: group heads 26 high, types 32 high with icon and name.
class PaletteList : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit PaletteList(QWidget* parent = nullptr);

    /// Shows the types that `typed` finds, the best first where something was typed; returns how many.
    int setFilter(const QString& typed);
    QString current() const;
    void moveCurrent(int rows);
    /// Where a type stands in the viewport; null where it is not shown.
    QRect rectOf(const QString& typeId) const;
    /// The type in the middle of `rect`, for accessibility and tests.
    QString typeAt(const QPoint& position) const;
    std::vector<QString> shownTypes() const;

signals:
    void chosen(const QString& typeId);
    void dragWanted(const QString& typeId);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    struct Row {
        QString typeId, label, help; // typeId empty: a group's head
        int top = 0, height = 0;
    };
    void layOut();
    const Row* rowAt(const QPoint& position) const;
    void setCurrent(const QString& typeId);

    std::vector<Row> m_rows;
    QString m_current, m_hovered;
    std::optional<QPoint> m_pressed;
};

} // namespace plimsoll::gui
