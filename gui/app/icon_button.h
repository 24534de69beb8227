#pragma once
#include <QToolButton>

namespace plimsoll::gui {

/// A button of the tool bar: an action's icon alone, in the theme's text colour.
class IconButton : public QToolButton {
    Q_OBJECT
public:
    IconButton(QAction* action, QString icon, QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;

private:
    void recolour();

    QString m_icon;
};

} // namespace plimsoll::gui
