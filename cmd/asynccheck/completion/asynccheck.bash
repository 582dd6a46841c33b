# Completion of asynccheck for bash: source <(asynccheck -completion bash)

_asynccheck() {
	local cur=${COMP_WORDS[COMP_CWORD]} flag=${COMP_WORDS[COMP_CWORD-1]}
	# bash takes -flag=value for three words.
	if [[ $cur == = ]]; then
		cur=
	elif [[ $flag == = ]]; then
		flag=${COMP_WORDS[COMP_CWORD-2]}
	fi
	case ${flag/#--/-} in
{{- range .}}{{if .Value}}
	-{{.Name}})
		{{- if .Words}}
		COMPREPLY=($(compgen -W "{{join .Words " "}}" -- "$cur"))
		{{- else if .File}}
		COMPREPLY=($(compgen -f -- "$cur"))
		{{- else if .Dir}}
		COMPREPLY=($(compgen -d -- "$cur"))
		{{- else}}
		COMPREPLY=()
		{{- end}}
		return
		;;
{{- end}}{{end}}
	esac
	if [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "{{range .}}-{{.Name}} {{end}}" -- "$cur"))
	else
		COMPREPLY=($(compgen -d -W ./... -- "$cur"))
	fi
}

complete -o filenames -F _asynccheck asynccheck
