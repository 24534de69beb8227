// Which theme the program wears: the system's, or the one that was chosen.
#pragma once
#include <QObject>
#include <QString>

namespace plimsoll::gui {

class Appearance : public QObject {
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };
    /// Wears the theme of this name; an empty or unknown name is the one chosen last time (the system's at first).
    explicit Appearance(const QString& name, QObject* parent = nullptr);

    Choice choice() const { return m_choice; }
    /// Wears it and keeps it for the next start.
    void choose(Choice choice);

private:
    void wear();

    bool m_systemIsDark;
    Choice m_choice = Choice::System;
};

} // namespace plimsoll::gui
