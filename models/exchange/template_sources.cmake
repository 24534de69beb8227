# Turns the JSON files of FOLDER into OUTPUT, a C++ file that defines templateSources(): cmake -DFOLDER=… -DOUTPUT=… -P
file(GLOB files ${FOLDER}/*.json)
list(SORT files)
set(entries "")
foreach(file IN LISTS files)
  get_filename_component(id ${file} NAME_WE)
  file(READ ${file} json)
  string(APPEND entries "    {\"${id}\", R\"json(${json})json\"},\n")
endforeach()
file(WRITE ${OUTPUT}
  "#include \"models/exchange/template_sources.h\"\n\nnamespace plimsoll::exchange {\n\n"
  "std::span<const TemplateSource> templateSources() {\n"
  "    static constexpr TemplateSource sources[] = {\n${entries}    };\n    return sources;\n}\n\n"
  "} // namespace plimsoll::exchange\n")
