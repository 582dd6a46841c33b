" ~/.vim/compiler/asynccheck.vim
"
" :compiler asynccheck, then :make fills the quickfix list.
if exists('current_compiler')
  finish
endif
let current_compiler = 'asynccheck'
CompilerSet makeprg=asynccheck\ -format=text\ ./...
CompilerSet errorformat=%f:%l:%c:\ %m,%-G%.%#
