-- ~/.config/nvim/lsp/efm.lua
--
-- vim.lsp.enable("efm") in init.lua turns it on.
return {
  cmd = { "efm-langserver" },
  filetypes = { "go" },
  root_markers = { "go.mod" },
}
