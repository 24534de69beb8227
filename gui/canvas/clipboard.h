// Components on the clipboard: a project as JSON, as text too, so that it can be pasted into an editor and back.
#pragma once
#include "models/document/error.h"
#include "models/document/project.h"

#include <QMimeData>

#include <expected>
#include <memory>

namespace plimsoll::gui {

std::unique_ptr<QMimeData> toClip(const document::Project& project);
/// Whether it may be a project; a look at the first letters, without reading it.
bool mayBeClip(const QMimeData* data);
std::expected<document::Project, document::Error> fromClip(const QMimeData& data);

} // namespace plimsoll::gui
