# Completion of asynccheck for fish: asynccheck -completion fish | source

complete -c asynccheck -f -a '(__fish_complete_directories)'
{{- range .}}
complete -c asynccheck -o {{.Name}}{{if .Value}} -r{{if not .File}} -f{{end}}{{end}}
	{{- if .Words}} -a '{{join .Words " "}}'{{else if .File}} -F{{else if .Dir}} -a '(__fish_complete_directories)'{{end}} -d '{{quote .Usage}}'
{{- end}}
