class AddEmail < ActiveRecord::Migration[7.1]
end
