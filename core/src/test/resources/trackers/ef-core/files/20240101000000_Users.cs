public partial class Users : Migration { }
