#pragma once
#include <QWidget>

class QLabel;
class QLineEdit;

namespace plimsoll::gui {

/// The top of a page: icon, name (edited in place where it may be) and a muted second line.
class Head : public QWidget {
    Q_OBJECT
public:
    /// `iconId`: a component type, or empty: no icon.
    explicit Head(const QString& iconId, bool editable, QWidget* parent = nullptr);
    void setName(const QString& name);
    void setSubtitle(const QString& subtitle, bool trouble = false);
    QLineEdit* nameField() const { return m_name; }

signals:
    void renamed(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void recolour();
    QString m_icon, m_shown;
    QLineEdit* m_name;
    QLabel* m_subtitle;
    bool m_trouble = false;
};

} // namespace plimsoll::gui
