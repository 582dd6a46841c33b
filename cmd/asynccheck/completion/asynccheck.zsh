#compdef asynccheck
# Completion of asynccheck for zsh: source <(asynccheck -completion zsh)

_asynccheck() {
	_arguments \
{{- range .}}
		'*-{{.Name}}{{if .Value}}={{end}}[{{quote .Usage}}]{{if .Value}}:{{.Name}}:{{if .Words}}({{join .Words " "}}){{else if .File}}_files{{else if .Dir}}_files -/{{else}} {{end}}{{end}}' \
{{- end}}
		'*:package:_files -/'
}

if [[ $funcstack[1] == _asynccheck ]]; then
	_asynccheck # autoloaded
else
	compdef _asynccheck asynccheck
fi
