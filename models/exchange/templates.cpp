#include "models/exchange/templates.h"

#include "models/exchange/project_json.h"
#include "models/exchange/template_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace plimsoll::exchange {

std::span<const Template> templates() {
    static const std::vector<Template> all = [] {
        std::vector<Template> list;
        for (const TemplateSource& source : templateSources()) {
            // They are tested: each of them reads.
            const document::Project project = projectFromJson(source.json).value();
            list.push_back({std::string(source.id), project.name, project.note.substr(0, project.note.find('\n'))});
        }
        return list;
    }();
    return all;
}

std::expected<document::Project, document::Error> templateProject(std::string_view id) {
    const auto sources = templateSources();
    const auto found = std::ranges::find(sources, id, &TemplateSource::id);
    if (found != sources.end()) return projectFromJson(found->json);
    std::string known;
    for (const TemplateSource& source : sources) known += (known.empty() ? "" : ", ") + std::string(source.id);
    return std::unexpected(
        document::Error{"", "template", fmt::format("there is no \"{}\" (there are: {})", id, known)});
}

} // namespace plimsoll::exchange
